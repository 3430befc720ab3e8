# Published for other systems from this one: the natives of each, and none of another's.
quietly dotnet new zfdecl -o Elsewhere && cd Elsewhere

# has <folder> <format of natives> <native …>: a published folder has these files, and no native one of another format.
has() {
    python3 - "$@" <<'EOP'
import os, struct, sys
folder, wanted, *files = sys.argv[1:]
found = {}
for name in (os.path.relpath(os.path.join(at, one), folder) for at, _, names in os.walk(folder) for one in names):
    with open(os.path.join(folder, name), "rb") as file:
        head = file.read(4096)
    if head[:4] == b"\x7fELF":
        found[name] = "ELF x64" if head[18] == 62 else "ELF of another processor"
    elif head[:4] == b"\xcf\xfa\xed\xfe":
        found[name] = "Mach-O arm64" if head[4:8] == b"\x0c\0\0\1" else "Mach-O of another processor"
    elif head[:4] == b"\xca\xfe\xba\xbe":
        found[name] = "Mach-O arm64" if any(head[8 + 20 * i:12 + 20 * i] == b"\1\0\0\x0c" for i in range(struct.unpack(">I", head[4:8])[0])) else "Mach-O of another processor"
    elif head[:2] == b"MZ":
        at = struct.unpack("<I", head[60:64])[0]
        magic = struct.unpack("<H", head[at + 24:at + 26])[0]
        managed = at + 24 + (112 if magic == 0x20b else 96) + 14 * 8
        if struct.unpack("<I", head[managed:managed + 4])[0] == 0:
            found[name] = "PE x64" if head[at + 4:at + 6] == b"\x64\x86" else "PE of another processor"
missing = [file for file in files if file not in found]
strange = sorted(f"{name} ({kind})" for name, kind in found.items() if kind != wanted)
sys.exit(f"FAILED: {folder}: missing {missing}, strange {strange}" if missing or strange else 0)
EOP
}

quietly dotnet publish Elsewhere.csproj -r win-x64 -o "$work/windows"
has "$work/windows" "PE x64" Elsewhere.exe torch_cpu.dll c10.dll LibTorchSharp.dll libSkiaSharp.dll
quietly dotnet publish Elsewhere.csproj -r osx-arm64 -o "$work/mac"
has "$work/mac" "Mach-O arm64" Elsewhere libtorch_cpu.dylib libc10.dylib libLibTorchSharp.dylib libSkiaSharp.dylib
quietly dotnet publish Elsewhere.csproj -r linux-x64 --self-contained -o "$work/linux"
has "$work/linux" "ELF x64" Elsewhere libtorch_cpu.so libc10.so libLibTorchSharp.so libSkiaSharp.so libcoreclr.so
quietly dotnet build -t:Train -p:Epochs=1
quietly dotnet publish Elsewhere.csproj -r linux-x64 --self-contained -o "$work/linux"
(cd "$work/linux" && says "projection.png: what excites map" env -u DOTNET_ROOT PATH=/nowhere ./Elsewhere "$picture")
step "published for Windows, macOS, and Linux without .NET"
