namespace ZfDecl.Generators.Primitives;

/// <summary>Which names can be: they become C# members, and the names of tensors in a weights file.</summary>
internal static class Names
{
    private const int Longest = 64;

    /// <summary>C#'s reserved words.</summary>
    private static readonly HashSet<string> Keywords =
    [
        .. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if "
            + "implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc "
            + "static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while __arglist __makeref __reftype __refvalue").Split(' '),
    ];

    /// <summary>
    /// Members that a generated network, its recording or its deconvnet has already, and words of their code: layers may not hide them. A test
    /// holds this list against the members there are.
    /// </summary>
    internal static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        // variables of the generated methods
        "x", "recording", "scope", "noGrad", "signal", "layer", "layers", "classes", "net", "activations",
        // System.Object, ConvNet, Recording, Deconvnet
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "Info", "Record", "RecordTogether", "Evaluate", "EvaluateValid", "ForwardWithHooks", "RunFused", "FusedThrough", "rows", "CreateDeconvnet", "Probabilities", "WeightOf", "InputOf", "inputs", "signals", "cat",
        "Declaration", "Images", "Count", "Activation", "Switches", "FeatureMaps", "Select", "Create", "Source", "Dispose", "MoveToOuterDisposeScope",
        // TorchSharp's Module
        "name", "pre_hooks", "post_hooks", "module_pre_hooks", "module_post_hooks", "save_state_dict",
        "forward", "call", "train", "eval", "training", "apply", "boxedModule", "load", "save", "load_state_dict", "state_dict",
        "parameters", "named_parameters", "buffers", "named_buffers", "children", "named_children", "modules", "named_modules", "register_buffer", "register_parameter",
        "register_module", "register_forward_hook", "register_forward_pre_hook", "RegisterComponents", "GetName", "get_parameter", "get_buffer",
        "has_parameter", "has_buffer", "zero_grad", "add_module", "conditionallyRegisterParameter",
        // what the generated code and the deconvnet's steps are called
        "LayerRole", "Locality", "BackwardStep", "WindowBorder", "nn", "NewDisposeScope", "no_grad", "Rectify", "Unpool", "Scale", "ScaleOf", "TrainingPass", "AveragePoolAdjoint", "Project", "BackProject", "Options",
    };

    /// <summary>Types that the generated code uses, which a network's class would hide, and words that YAML takes for values.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        "Null", "True", "False", "ConvNet", "Recording", "Deconvnet", "DeconvnetOptions", "DeclaredNetworks", "BrokenNetwork", "SpecError", "LeftOut", "NetworkInfo", "NetworkEntry", "LayerInfo", "FeatureShape", "ReceptiveField",
        "Recipe", "ChannelOrder", "TrainingRecipe", "PreprocessRecipe", "VisualizeRecipe", "Annealing", "Subtraction", "Augmentation", "Fitting", "Tensor", "Conv2d", "Linear", "BatchNorm1d", "BatchNorm2d", "LocalContrastNormalization", "LocalResponseNormalization", "ReluPoolNorm", "RowMaxima", "ChannelsLast", "ImageByImage", "DenseProduct", "MinibatchDropout", "MinibatchNorm", "TrainingPass", "BackwardSignals", "BatchNormScale", "ChannelAffine", "PaddedPooling", "PReLU", "System", "Layers", "Source", "SourceLine", "UnitPosition", "All", "F",
        "TorchSharp", "ZfDecl",
    };

    /// <summary>What is wrong with a layer's name; null where nothing is.</summary>
    public static string? ProblemOfLayer(string name)
    {
        if (!IsIdentifier(name) || !IsLower(name[0]))
            return $"'{Shorten(name)}' cannot name a layer: a name starts with a small letter, goes on with letters, digits and _, and has at most {Longest} characters, for example conv1";
        if (Keywords.Contains(name) || Taken.Contains(name) || name.EndsWith("Switches", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("get_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("set_", StringComparison.OrdinalIgnoreCase))
            return $"'{name}' cannot name a layer: the generated class needs that word itself; for example '{name}1' is free";
        return null;
    }

    /// <summary>What is wrong with a layer's name in a network: no member is called like its class. Null where nothing is.</summary>
    public static string? ProblemOfLayer(string name, string network)
    {
        var property = PropertyOf(name);
        return property == network || property == $"{network}Recording" || property == $"{network}Deconvnet" || $"From{property}" == $"{network}Deconvnet"
            ? $"'{name}' cannot name a layer of '{network}': the generated class needs that word itself; for example '{name}1' is free"
            : null;
    }

    /// <summary>What is wrong with a network's name; null where nothing is.</summary>
    public static string? ProblemOfNetwork(string name)
    {
        if (!IsIdentifier(name) || IsLower(name[0]) || name[0] == '_')
            return $"'{Shorten(name)}' cannot name a network: a name starts with a capital letter, goes on with letters, digits and _, and has at most {Longest} characters, for example Zf8";
        return Types.Contains(name) || Taken.Any(word => word == name) ? $"'{name}' cannot name a network: the generated code uses that word itself; for example '{name}Net' is free" : null;
    }

    /// <summary>A layer's name as a property: <c>conv1</c> is <c>Conv1</c>.</summary>
    public static string PropertyOf(string layer) => char.ToUpperInvariant(layer[0]) + layer.Substring(1);

    /// <summary>A namespace of a project's name: <c>my-net.2</c> is <c>my_net._2</c>.</summary>
    public static string NamespaceOf(string project) => string.Join(".", project.Split('.').Where(part => part.Length > 0).Select(NamespacePart));

    private static string NamespacePart(string part)
    {
        var name = string.Concat(part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));
        return char.IsDigit(name[0]) ? "_" + name : Keywords.Contains(name) ? "@" + name : name;
    }

    private static bool IsIdentifier(string name) => name.Length is > 0 and <= Longest && !IsDigit(name[0]) && name.All(c => IsLower(c) || c is (>= 'A' and <= 'Z') or '_' || IsDigit(c));

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string Shorten(string name) => name.Length > 40 ? name.Substring(0, 37) + "…" : name;
}
