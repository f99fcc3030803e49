using AgenticOS.Silo;

namespace AgenticOS.Grains.Tests;

public sealed class SiloOptionsTests
{
    private static readonly SiloOptions Sound = new() { ModelFolders = [Path.GetTempPath()] };

    public static TheoryData<SiloOptions, string> Wrong => new()
    {
        { Sound with { Name = " " }, "name" },
        { Sound with { ModelFolders = [] }, "--models" },
        { Sound with { ModelFolders = ["no/such/folder"] }, "no/such/folder" },
        { Sound with { Slots = -1 }, "slots is -1" },
        { Sound with { Slots = 257 }, "slots is 257" },
        { Sound with { Context = 63 }, "context is 63" },
        { Sound with { Threads = 1025 }, "threads is 1025" },
        { Sound with { Kv = "both" }, "kv is 'both'" },
        { Sound with { Retention = TimeSpan.FromSeconds(-1) }, "retention" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatIsWrong_IsSaidInOneLineWithItsRemedy(SiloOptions options, string named)
    {
        var fault = options.Validate().ShouldNotBeNull();
        fault.ShouldContain(named);
        fault.ShouldContain(";");
        fault.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 64)]
    [InlineData(256, 1 << 20)]
    public void WhatIsAtTheLimits_IsSound(int slots, int context) =>
        (Sound with { Slots = slots, Context = context }).Validate().ShouldBeNull();
}
