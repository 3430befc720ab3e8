using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Build;

namespace ZfDecl.Tests.NativeCompat;

public class NativeCopyTests
{
    private const string Library = "runtimes/linux-x64/native/libLibTorchSharp.so";

    [Fact]
    public void TorchLoadsAndAdds()
    {
        using var two = TorchSharp.torch.tensor(2f);
        using var four = two + two;

        Assert.Equal(4f, four.item<float>());
    }

    [Fact]
    public void TheOutputHasTheWeakenedLibraryJustWhereItIsNeededAndThePackageIsUntouched()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;   // the fix is for Linux on x64
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, Library)), $"the build left no {Library}");
        var provider = File.ReadAllBytes(LoadedLibstdcxx());
        var packaged = File.ReadAllBytes(Path.Combine(TorchSharpPackage(), Library));
        var expected = packaged.ToArray();

        var verdict = ElfVersionNeeds.WeakenMissing(expected, "libstdc++.so.6", provider);

        Assert.Equal(!Holds(provider, "GLIBCXX_3.4.32"), verdict.Weakened.Contains("GLIBCXX_3.4.32"));
        Assert.Equal(expected, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Library)));
    }

    private static string TorchSharpPackage() =>
        typeof(NativeCopyTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "TorchSharpPackage").Value!;

    private static string LoadedLibstdcxx() =>
        File.ReadLines("/proc/self/maps").Where(line => line.Contains("/libstdc++.so.6", StringComparison.Ordinal)).Select(line => line[line.IndexOf('/')..]).First();

    // The naive formulation of "defines": the version's name stands among the strings of the file.
    private static bool Holds(byte[] image, string version) => image.AsSpan().IndexOf(Encoding.ASCII.GetBytes('\0' + version + '\0')) >= 0;
}
