# The same sources make the same bytes: packed twice, and from another clone in another folder. Only of what is committed, as a clone has nothing else.
if [ -n "$(git -C "$repository" status --porcelain)" ]; then
    step "not packed again: something is not committed"
    return
fi
pack "$work/first"
pack "$work/second"
git clone --quiet "$repository" "$work/another clone"
(repository="$work/another clone" && pack "$work/third")
for one in "$work"/first/*; do
    for other in second third; do
        cmp "$one" "$work/$other/$(basename "$one")" || { echo "FAILED: the bytes differ"; exit 1; }
    done
done
step "the same bytes twice, and from another clone"
