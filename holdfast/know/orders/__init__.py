"""An order is what a client bought at once. It owns its lines: naming it again replaces them."""
