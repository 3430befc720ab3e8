# The scripts, and what stands on their page.
cp -r "$repository/docs/scripts" "$work/scripts" && cd "$work/scripts" && sed -i 's/epochs: 8/epochs: 1/' specs/small.yaml
says "% of 2000 validation images right, after epoch 1: " dotnet run train.cs
page=artifacts/Small/script/report
says "$page/index.html" dotnet run look.cs
for layer in conv1 conv2 conv3; do
    [ -s "$page/layers/$layer/projections-00.png" ] || { echo "FAILED: no projections of $layer beside the page"; exit 1; }
done
quietly dotnet run compare.cs
[ "$(grep -o '<img src="sections/project/' "$page/index.html" | wc -l)" -eq 20 ] || { echo "FAILED: not two pictures for each of ten classes on the page"; exit 1; }
step "three scripts, and a page"
