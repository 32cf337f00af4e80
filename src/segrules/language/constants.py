"""Constants outside expressions, such as the value of a parameter: bare text that may be a number, a day, …"""
