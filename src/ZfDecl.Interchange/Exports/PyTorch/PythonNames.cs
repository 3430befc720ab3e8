namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>Names of layers in Python, which has words of its own.</summary>
internal static class PythonNames
{
    private static readonly HashSet<string> Keywords =
    [
        .. ("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield "
            + "self images torch nn json pathlib x int open len dict bytearray").Split(' '),
    ];

    /// <summary>Members of torch's Module, of 1.13 and of today, that a layer of that name would not be found behind.</summary>
    private static readonly HashSet<string> Members =
    [
        .. ("add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu "
            + "load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook "
            + "register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter "
            + "register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad "
            + "load probabilities").Split(' '),
    ];

    /// <summary>A variable, or a class.</summary>
    public static string Variable(string name) => Keywords.Contains(name) ? $"{name}_" : name;

    /// <summary>The module of a layer. Its weights have the layer's name either way.</summary>
    public static string Module(string layer) => Keywords.Contains(layer) || Members.Contains(layer) ? $"self._modules[\"{layer}\"]" : $"self.{layer}";
}
