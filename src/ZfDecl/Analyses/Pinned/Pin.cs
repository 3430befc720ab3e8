namespace ZfDecl.Analyses.Pinned;

/// <summary>Something that somebody has kept while looking at a network.</summary>
/// <param name="Id">What tells it from others on its board.</param>
/// <param name="State">What is looked at, as the fragment of an address: <c>layer=conv3&amp;map=17&amp;at=6,7&amp;image=data:17</c>.</param>
/// <param name="Note">What its keeper says of it; may be empty.</param>
public sealed record Pin(string Id, string State, string Note);
