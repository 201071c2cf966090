"""Pictures: values or a picture's bytes in, a picture's bytes out. Needs the extra `[images]`.

Pure: the same versions of Pillow and zlib give the same bytes, on any processor. Nothing outside
of this room imports Pillow, and nothing here looks for fonts: they come with the base pack.
"""
