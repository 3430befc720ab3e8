# Reads a TensorBoard event file: the framing of TFRecord, and as much of the wire format of Protocol Buffers and of event.proto as scalars and pictures need.
# Prints tag, step and value of each. A wrong checksum is an error.
import struct, sys

def crc32c(data):                       # RFC 3720, appendix B.4: the reversed polynomial, bit by bit
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF

def check(data, masked):
    crc = crc32c(data)
    assert masked == ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF

def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return value, at

def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            length, at = (8, at) if key & 7 == 1 else (4, at) if key & 7 == 5 else varint(data, at)
            value, at = data[at:at + length], at + length
        yield key >> 3, value

file = open(sys.argv[1], 'rb').read()
at = 0
while at < len(file):
    length, = struct.unpack_from('<Q', file, at)
    check(file[at:at + 8], *struct.unpack_from('<I', file, at + 8))
    data = file[at + 12:at + 12 + length]
    check(data, *struct.unpack_from('<I', file, at + 12 + length))
    at += length + 16
    event = dict(fields(data))          # 1 wall_time, 2 step, 3 file_version, 5 summary
    if 3 in event:
        print('version', event[3].decode(), sep='\t')
    for _, value in fields(event.get(5, b'')):
        value = dict(fields(value))     # 1 tag, 2 simple_value, 4 image
        tag = value[1].decode()
        if 2 in value:
            print(tag, event[2], *struct.unpack('<f', value[2]), sep='\t')
        else:
            image = dict(fields(value[4]))          # 1 height, 2 width, 4 encoded_image_string
            print(tag, event[2], f'{image[2]}x{image[1]}', sep='\t')
