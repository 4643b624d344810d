"""Sample data: a made-up company that has worked with Huiying for half a year, told through the same actions."""
