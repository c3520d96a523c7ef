"""Every type through every promise of the product, by way of the SDK's own servicer and the emulator."""
