# In a terminal the lines of a command are seen, with MSBuild's live display and without, which leaves room for a bar of the command's own.
quietly dotnet new zfdecl -o Shown && cd Shown
quietly dotnet build Shown.csproj
for display in on off; do
    quietly env TERM=xterm-256color script -qec "stty cols 120 rows 40; dotnet build -t:Train -p:Epochs=1 -p:Run=$display -tl:$display" "$work/shown-$display" </dev/null
    for line in "epoch 1/1: loss " "accuracy on the 2,000 validation images: " "results: $PWD/artifacts/Shown/$display"; do
        grep -qaF -- "$line" "$work/shown-$display" || { cat -v "$work/shown-$display"; echo "FAILED: with -tl:$display a terminal does not show: $line"; exit 1; }
    done
done
grep -qa "━━━" "$work/shown-off" || { echo "FAILED: no bar in a terminal"; exit 1; }
step "lines and bars in a terminal"
