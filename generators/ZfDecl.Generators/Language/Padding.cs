namespace ZfDecl.Generators.Language;

/// <summary>The padding of a window as a spec writes it: numbers, or a rule that follows from the input.</summary>
/// <param name="Written">The numbers; 0 where a rule is written.</param>
/// <param name="Rule">The rule.</param>
internal readonly record struct Padding(Sides Written, SamePadding Rule = SamePadding.None);

/// <summary>As many positions as the input has, divided by the stride and rounded up; where an odd number is to be added, one side gets one more.</summary>
internal enum SamePadding
{
    /// <summary>No such rule.</summary>
    None,

    /// <summary>The far side: bottom and right. ONNX's SAME_UPPER, TensorFlow's SAME.</summary>
    Upper,

    /// <summary>The near side: top and left. ONNX's SAME_LOWER.</summary>
    Lower,
}
