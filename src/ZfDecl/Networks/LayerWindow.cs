namespace ZfDecl.Networks;

/// <summary>
/// The window of a convolution or a pooling. Unit (y, x) of the output takes the rows <c>y · StrideY − PaddingY + i · DilationY</c> of the input, for i from
/// 0 to <c>KernelHeight − 1</c>, and the columns likewise; where these lie outside, a convolution takes zeros and a maximum takes nothing.
/// </summary>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="StrideY">Input rows between two neighbouring units.</param>
/// <param name="StrideX">Input columns between two neighbouring units.</param>
/// <param name="PaddingY">Rows added above, and below where <see cref="PaddingBottom"/> says no other number.</param>
/// <param name="PaddingX">Columns added on the left, and on the right where <see cref="PaddingRight"/> says no other number.</param>
/// <param name="DilationY">Rows from one tap of the kernel to the next.</param>
/// <param name="DilationX">Columns from one tap of the kernel to the next.</param>
public readonly record struct LayerWindow(int KernelHeight, int KernelWidth, int StrideY, int StrideX, int PaddingY, int PaddingX, int DilationY, int DilationX)
{
    private readonly int moreBelow, moreOnTheRight;

    /// <summary>Rows added below.</summary>
    public int PaddingBottom { get => PaddingY + moreBelow; init => moreBelow = value - PaddingY; }

    /// <summary>Columns added on the right.</summary>
    public int PaddingRight { get => PaddingX + moreOnTheRight; init => moreOnTheRight = value - PaddingX; }

    /// <summary>The rectangle of the input that a rectangle of units sees; it may reach over the border. An empty one sees nothing.</summary>
    public PixelRegion Below(PixelRegion units) => units.Height == 0 || units.Width == 0 ? default : new(
        (units.Top * StrideY) - PaddingY,
        (units.Left * StrideX) - PaddingX,
        ((units.Height - 1) * StrideY) + ((KernelHeight - 1) * DilationY) + 1,
        ((units.Width - 1) * StrideX) + ((KernelWidth - 1) * DilationX) + 1);

    /// <summary>Whether every unit of the input is seen by some unit of the output; for windows without dilation.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="output">The shape of the output.</param>
    public bool Covers(FeatureShape input, FeatureShape output)
    {
        return Along(KernelHeight, StrideY, PaddingY, output.Height, input.Height) && Along(KernelWidth, StrideX, PaddingX, output.Width, input.Width);

        static bool Along(int kernel, int stride, int padding, int positions, int units) => stride <= kernel && ((positions - 1) * stride) + kernel - padding >= units;
    }
}
