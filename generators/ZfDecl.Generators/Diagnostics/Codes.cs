namespace ZfDecl.Generators.Diagnostics;

/// <summary>Every code that a spec can get. 00xx the file, 01xx keys, values and names, 02xx the network they make, 03xx variants, 04xx what is possible but unwise.</summary>
internal static class Codes
{
    public static readonly Code Syntax = Error("ZF0001", "The file is not well-formed YAML");
    public static readonly Code NotInLanguage = Error("ZF0002", "YAML that is not part of the spec language");
    public static readonly Code TooLarge = Error("ZF0003", "The file is larger or deeper than a spec can be");
    public static readonly Code UnknownKey = Error("ZF0101", "Unknown key");
    public static readonly Code UnknownKind = Error("ZF0102", "Unknown kind of layer");
    public static readonly Code Missing = Error("ZF0103", "A key or a value is missing");
    public static readonly Code WrongValue = Error("ZF0104", "Wrong value");
    public static readonly Code DuplicateKey = Error("ZF0105", "A key stands twice");
    public static readonly Code WrongName = Error("ZF0106", "Not a possible name");
    public static readonly Code DuplicateLayer = Error("ZF0107", "Two layers of one name");
    public static readonly Code DuplicateNetwork = Error("ZF0108", "Two networks of one name");
    public static readonly Code UnknownLayer = Error("ZF0201", "Unknown layer");
    public static readonly Code KernelTooLarge = Error("ZF0203", "The kernel is larger than its padded input");
    public static readonly Code WrongPosition = Error("ZF0204", "A layer stands where it cannot");
    public static readonly Code WrongClasses = Error("ZF0205", "The last layer does not yield one score a class");
    public static readonly Code TooManyValues = Error("ZF0206", "A layer is too large");
    public static readonly Code Contradiction = Error("ZF0207", "Two values that contradict each other");
    public static readonly Code ShapesDisagree = Error("ZF0208", "Shapes that cannot be joined");
    public static readonly Code StridesDisagree = Error("ZF0209", "Strides that differ where layers are joined");
    public static readonly Code Unread = Error("ZF0210", "A layer that nobody reads");
    public static readonly Code ForwardReference = Error("ZF0211", "A layer that comes later is read");

    public static readonly Code UnknownNetwork = Error("ZF0301", "Unknown network");
    public static readonly Code Cycle = Error("ZF0302", "A network extends itself");

    public static readonly Code WideField = Warning("ZF0401", "The receptive field is larger than the image", isOfNetwork: true);
    public static readonly Code UnseenBorder = Warning("ZF0402", "A border is never seen");
    public static readonly Code SkippedPixels = Warning("ZF0403", "The stride is larger than the kernel");
    public static readonly Code OddGroups = Warning("ZF0404", "An odd number of maps in a group");
    public static readonly Code NoEffect = Warning("ZF0405", "A layer without effect");
    public static readonly Code UnusedKey = Warning("ZF0406", "A key without effect");

    /// <summary>Every code, in order.</summary>
    public static IReadOnlyList<Code> All { get; } =
    [
        .. typeof(Codes).GetFields().Select(field => field.GetValue(null)).OfType<Code>().OrderBy(code => code.Id, StringComparer.Ordinal),
    ];

    private static Code Error(string id, string title) => new(id, isError: true, title);

    private static Code Warning(string id, string title, bool isOfNetwork = false) => new(id, isError: false, title, isOfNetwork);
}
