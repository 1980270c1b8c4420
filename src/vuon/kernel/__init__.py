"""Computing kernels: restricted Python that runs here, in wasmtime and in a browser alike."""
