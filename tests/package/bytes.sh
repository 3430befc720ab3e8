# The same bytes from another clone.
if [ -z "$(git -C "$repository" status --porcelain)" ]; then
    git clone --quiet "$repository" "$work/clone"
    git -C "$repository" diff --quiet HEAD && (repository=$work/clone && pack "$work/again")
    for one in "$work"/again/*; do cmp "$one" "$feed/$(basename "$one")"; done
    step "the same bytes from another clone"
fi
