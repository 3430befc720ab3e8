# The scripts.
cp -r "$repository/docs/scripts" "$work/scripts" && cd "$work/scripts" && sed -i 's/epochs: 8/epochs: 1/' specs/small.yaml
for script in train look compare; do quietly dotnet run "$script.cs"; done
[ "$(grep -c '<img' artifacts/Small/script/report/index.html)" -gt 0 ] || { echo "FAILED: no pictures on the page"; exit 1; }
step "three scripts, and a page"
