# Another patch version of TorchSharp: the same package under another number, because no other is to be had.
mkdir -p "$work/newer"
python3 - "$NUGET_PACKAGES" "$work/newer" <<'EOF'
import glob, sys, zipfile
found = min(glob.glob(f"{sys.argv[1]}/torchsharp/*/torchsharp.*.nupkg"))
version = found.rsplit("torchsharp.", 1)[1][:-6]
newer = version.rsplit(".", 1)[0] + ".99"
with zipfile.ZipFile(found) as old, zipfile.ZipFile(f"{sys.argv[2]}/TorchSharp.{newer}.nupkg", "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        if not name.endswith(".p7s"):
            data = old.read(name)
            new.writestr(name, data.replace(f"<version>{version}<".encode(), f"<version>{newer}<".encode()) if name.endswith(".nuspec") else data)
EOF
torch=$(basename "$(ls "$work"/newer/*.nupkg)" .nupkg)
project Newer Exe "$ours<ItemGroup><PackageReference Include=\"TorchSharp\" Version=\"${torch#TorchSharp.}\" /></ItemGroup>"
echo "<configuration><packageSources><add key=\"newer\" value=\"$work/newer\" /></packageSources></configuration>" >nuget.config
echo 'using var net = new Newer.Digits(); Console.WriteLine(net.call(TorchSharp.torch.zeros(1, 1, 28, 28)).shape[1]);' >Program.cs
says "10" dotnet run
grep -qF "\"TorchSharp/${torch#TorchSharp.}\"" obj/project.assets.json || { echo "FAILED: another TorchSharp was used than $torch"; exit 1; }
says "results: " dotnet build -t:Train "${fast[@]}"
step "another patch version of TorchSharp"
