"""The preview over HTTP: the built files, what speaks to open pages, and the API.

Nothing leaves the build folder, nobody but this machine's user is answered, and no answer is ever
written into a file. What is answered is handed in: this room knows neither builds nor portfolios.
"""
