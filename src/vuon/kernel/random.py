M64 = (1 << 64) - 1
def mix(x):
    x &= M64
    x ^= x >> 30; x = x * 0xBF58476D1CE4E5B9 & M64
    x ^= x >> 27; x = x * 0x94D049BB133111EB & M64
    x ^= x >> 31
    return x - (1 << 64) if x >> 63 else x
def unif(x):
    return (((x & M64) >> 12) + 0.5) * 2.0 ** -52
