using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Kernel.Tests.Syscalls;

public sealed class SyscallGuardTests
{
    private static readonly GuardVerdict RateEnd =
        new GuardVerdict.End("SysCall Error: Rate limit exceeded (>12 calls in 10s).");

    private static readonly GuardVerdict ErrorEnd =
        new GuardVerdict.End("SysCall Guard: process killed due to repeated syscall failures.");

    [Fact]
    public void TheThirteenthCallInTenSeconds_Ends()
    {
        var guard = new SyscallGuard();
        for (var i = 0; i < 12; i++)
            guard.Admit(TimeSpan.FromSeconds(i / 2.0)).ShouldBeOfType<GuardVerdict.GoOn>($"call {i + 1}");
        guard.Admit(TimeSpan.FromSeconds(9.999)).ShouldBe(RateEnd);
    }

    [Fact]
    public void CallsOlderThanTheWindow_NoLongerCount()
    {
        var guard = new SyscallGuard();
        for (var i = 0; i < 12; i++)
            guard.Admit(TimeSpan.Zero);
        guard.Admit(TimeSpan.FromSeconds(10)).ShouldBeOfType<GuardVerdict.GoOn>();
    }

    [Fact]
    public void ThreeErrorsInARow_End_AndASuccessForgives()
    {
        var guard = new SyscallGuard();
        foreach (var ok in new[] { false, false, true, false, false })
            guard.Record(ok).ShouldBeOfType<GuardVerdict.GoOn>();
        guard.Record(false).ShouldBe(ErrorEnd);
    }

    [Fact]
    public void Texts_AreTheOriginalOnes()
    {
        SyscallTexts.Output("703").ShouldBe("Output:\n703");
        SyscallTexts.Error("Usage [[LS]]").ShouldBe("SysCall Error: Usage [[LS]]");
        SyscallTexts.Files(["a", "b"]).ShouldBe("Files:\n- a\n- b");
        SyscallTexts.Files([]).ShouldBe("Workspace is empty.");
    }
}
