namespace ZfDecl.Messages;

/// <summary>A code of an error or a warning of the running program.</summary>
/// <param name="Id">For example <c>ZF1003</c>; the first two digits behind the letters say what it is about.</param>
/// <param name="Title">What has happened, in a few words.</param>
public sealed record ErrorCode(string Id, string Title);
