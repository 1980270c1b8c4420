"""How the product is put together: settings, addresses, the ASGI application."""
