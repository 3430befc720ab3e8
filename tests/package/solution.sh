# A project of the template in solutions of both kinds, in parallel, in Release, and with its own test, below a folder with a space and letters beyond ASCII.
mkdir -p "Lösung 2" && cd "Lösung 2"
quietly dotnet new zfdecl -o "Mein Netz-1"
cd "Mein Netz-1"
for kind in sln slnx; do
    quietly dotnet new sln -n All --format $kind
    quietly dotnet sln All.$kind add "Mein Netz-1.csproj" "tests/Mein Netz-1.Tests.csproj"
    says "MeinNetz1" dotnet build All.$kind -m -t:List
    says "validation images" dotnet build All.$kind -m -c Release -t:Train "${fast[@]}" -p:Run=$kind
    refuses "did you mean -p:Epochs" dotnet build All.$kind -t:Train -p:Epoch=3
    [ -s "artifacts/MeinNetz1/$kind/weights.safetensors" ] || { echo "FAILED: no run of -p:Run=$kind"; exit 1; }
done
says "MeinNetz1" dotnet build "Mein Netz-1.csproj" -c Release -m -t:List
refuses "no picture is approved yet" dotnet test "tests/Mein Netz-1.Tests.csproj"
mv tests/SnapshotTests.received.png tests/SnapshotTests.verified.png
quietly dotnet test "tests/Mein Netz-1.Tests.csproj"
says "the networks are those of $PWD/" dotnet build "tests/Mein Netz-1.Tests.csproj" -t:List
python3 -c "import json, re; [json.loads(re.sub('(?m)^ *//.*', '', open(f'.vscode/{name}.json').read())) for name in ('settings', 'extensions')]"
[ -s specs/zfdecl.schema.json ]
step "in a solution, in Release, and tested"
