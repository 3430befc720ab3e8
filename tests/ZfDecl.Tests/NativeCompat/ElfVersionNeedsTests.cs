using ZfDecl.Build;

namespace ZfDecl.Tests.NativeCompat;

public class ElfVersionNeedsTests
{
    private const string Provider = "libstdc++.so.6";

    [Fact]
    public void OnlyTheMissingVersionIsWeakened()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4", "GLIBCXX_3.4.32", "CXXABI_1.3"], bound: [0, 2]);
        var before = library.ToArray();

        var verdict = ElfVersionNeeds.WeakenMissing(library, Provider, SyntheticElf.Defining("GLIBCXX_3.4", "CXXABI_1.3"));

        Assert.Equal(["GLIBCXX_3.4.32"], verdict.Weakened);
        Assert.Empty(verdict.Bound);
        // One bit of the file: VER_FLG_WEAK (2) in the low byte of vna_flags.
        var changed = Enumerable.Range(0, library.Length).Where(i => library[i] != before[i]).ToArray();
        Assert.Equal((0, 2), (before[changed.Single()], library[changed.Single()]));
    }

    [Fact]
    public void AVersionThatARelocationBindsIsNeverWeakened()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4.32", "GLIBCXX_3.4.33"], bound: [1]);
        var before = library.ToArray();

        var verdict = ElfVersionNeeds.WeakenMissing(library, Provider, SyntheticElf.Defining("GLIBCXX_3.4"));

        Assert.Equal(["GLIBCXX_3.4.33"], verdict.Bound);
        Assert.Empty(verdict.Weakened);
        Assert.Equal(before, library);
    }

    [Fact]
    public void NothingChangesWhereEveryVersionIsDefined()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4", "GLIBCXX_3.4.32"]);
        var before = library.ToArray();

        var verdict = ElfVersionNeeds.WeakenMissing(library, Provider, SyntheticElf.Defining("GLIBCXX_3.4", "GLIBCXX_3.4.32"));

        Assert.Empty(verdict.Weakened);
        Assert.Equal(before, library);
    }

    [Fact]
    public void WhatIsAskedOfAnotherLibraryIsLeftAlone()
    {
        var library = SyntheticElf.Needing("libc.so.6", ["GLIBC_2.99"]);

        Assert.Empty(ElfVersionNeeds.WeakenMissing(library, Provider, SyntheticElf.Defining("GLIBCXX_3.4")).Weakened);
    }

    [Fact]
    public void WeakeningTwiceIsWeakeningOnce()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4.32"]);
        var provider = SyntheticElf.Defining("GLIBCXX_3.4");
        ElfVersionNeeds.WeakenMissing(library, Provider, provider);

        Assert.Empty(ElfVersionNeeds.WeakenMissing(library, Provider, provider).Weakened);
    }

    [Fact]
    public void AFileThatIsNoElf64IsRefused()
    {
        var script = System.Text.Encoding.ASCII.GetBytes(new string('#', 100));

        var error = Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.WeakenMissing(script, Provider, SyntheticElf.Defining("A")));

        Assert.Contains("ELF64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4", "GLIBCXX_3.4.32"], bound: [0]);
        var provider = SyntheticElf.Defining("GLIBCXX_3.4");

        for (var length = 0; length < library.Length - 16; length++)   // the last 16 bytes of a section header are not read
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.WeakenMissing(library[..length], Provider, provider));
        for (var length = 0; length < provider.Length - 16; length++)
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.WeakenMissing(library, Provider, provider[..length]));
    }

    [Fact]
    public void NoByteThatIsWrongCausesAnythingWorseThanARefusal()
    {
        var library = SyntheticElf.Needing(Provider, ["GLIBCXX_3.4", "GLIBCXX_3.4.32"], bound: [0]);
        var provider = SyntheticElf.Defining("GLIBCXX_3.4");
        var refused = 0;

        for (var at = 0; at < library.Length; at++)
        {
            foreach (var wrong in new byte[] { 0x00, 0x01, 0x7f, 0x80, 0xff })
            {
                var damaged = library.ToArray();
                damaged[at] = wrong;
                refused += Record.Exception(() => ElfVersionNeeds.WeakenMissing(damaged, Provider, provider)) switch
                {
                    null => 0,
                    InvalidDataException => 1,
                    var other => throw other,
                };
            }
        }
        Assert.NotEqual(0, refused);
    }
}
