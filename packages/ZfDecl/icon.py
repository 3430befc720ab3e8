"""Draws icon.png: nine filters as a first convolution learns them, Gabor functions of three orientations. python3 icon.py"""
import math, struct, zlib

SIDE, TILE, GAP = 128, 40, 2


def colour(u, v, row, column):
    angle = math.pi * (3 * row + column) / 9
    wave = math.cos(2 * math.pi * 1.5 * (u * math.cos(angle) + v * math.sin(angle)) + row) * math.exp(-3 * (u * u + v * v))
    tint = [(1, 1, 1), (1, 0.55, 0.15), (0.25, 0.7, 1)][(row + column) % 3]
    return bytes(max(0, min(255, round(128 + 126 * wave * part))) for part in tint)


rows = []
for y in range(SIDE):
    line = bytearray([0])
    for x in range(SIDE):
        (row, i), (column, j) = divmod(y - 1, TILE + GAP), divmod(x - 1, TILE + GAP)
        inside = 0 <= row < 3 and 0 <= column < 3 and i < TILE and j < TILE
        line += colour(2 * (j + 0.5) / TILE - 1, 2 * (i + 0.5) / TILE - 1, row, column) if inside else bytes((24, 26, 32))
    rows.append(bytes(line))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


with open("icon.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))
