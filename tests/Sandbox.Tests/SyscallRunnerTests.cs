using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Sandbox.Tests;

public sealed class SyscallRunnerTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sandbox-tests-");

    [Fact]
    public async Task Calc_AnswersWithTheValue() =>
        (await Run("CALC", "37*19")).ShouldBe(new SyscallResult(true, "Output:\n703"));

    [Theory]
    [InlineData("CALC", "", "SysCall Error: Usage [[CALC: expression]]")]
    [InlineData("CALC", "1/0", "SysCall Error: Division by zero.")]
    [InlineData("CALC", "2+", "SysCall Error: A number is missing at position 3.")]
    [InlineData("LS", "..", "SysCall Error: Usage [[LS]]")]
    [InlineData("PYTHON", "1", "SysCall Error: Unknown system call PYTHON.")]
    public async Task WhatTheModelGetsWrong_IsAFailedResult(string name, string arguments, string expected) =>
        (await Run(name, arguments)).ShouldBe(new SyscallResult(false, expected));

    [Fact]
    public async Task Ls_OfANewAgent_IsEmpty() =>
        (await Run("LS", "")).ShouldBe(new SyscallResult(true, "Output:\nWorkspace is empty."));

    [Fact]
    public async Task Ls_ListsTheAgentsOwnNames_Sorted()
    {
        var workspaces = new Workspaces(_root.FullName);
        var folder = workspaces.FolderOf("a");
        await File.WriteAllTextAsync(Path.Combine(folder, "b.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "B.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "line\nbreak"), "");
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        await File.WriteAllTextAsync(Path.Combine(workspaces.FolderOf("b"), "other"), "");
        (await Run("LS", "")).Content.ShouldBe("Output:\nFiles:\n- B.txt\n- a\n- b.txt\n- line?break");
    }

    [Fact]
    public async Task Ls_LeavesLinksOut_AndFollowsNone()
    {
        var workspaces = new Workspaces(_root.FullName);
        var folder = workspaces.FolderOf("a");
        var outside = Directory.CreateDirectory(Path.Combine(_root.FullName, "outside"));
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "secret"), "");
        File.CreateSymbolicLink(Path.Combine(folder, "file"), Path.Combine(outside.FullName, "secret"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), outside.FullName);
        (await Run("LS", "")).Content.ShouldBe("Output:\nWorkspace is empty.");
        Directory.Delete(folder, recursive: true);
        Directory.CreateSymbolicLink(folder, outside.FullName);
        (await Run("LS", "")).ShouldBe(new SyscallResult(false, "SysCall Error: The workspace cannot be read."));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Ls_HasALimit_AndKeepsTheFirstNames(int beyond, bool isCut)
    {
        var workspaces = new Workspaces(_root.FullName);
        var folder = workspaces.FolderOf("a");
        var count = SyscallLimits.ListedFiles + beyond;
        for (var i = count - 1; i >= 0; i--)
            File.WriteAllBytes(Path.Combine(folder, $"{i:0000}"), []);
        var names = workspaces.List("a").ToArray();
        names.Take(SyscallLimits.ListedFiles).ShouldBe(
            Enumerable.Range(0, Math.Min(count, SyscallLimits.ListedFiles)).Select(i => $"{i:0000}"));
        (names[^1] == Workspaces.Cut).ShouldBe(isCut);
    }

    [Fact]
    public async Task ARootThatIsNoFolder_IsAFailedResult_WithoutItsPath()
    {
        var file = Path.Combine(_root.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var runner = new SyscallRunner(new Workspaces(file), TimeProvider.System);
        var result = await runner.RunAsync(new Syscall("LS", ""), new SyscallContext("a", 1), CancellationToken.None);
        result.ShouldBe(new SyscallResult(false, "SysCall Error: The workspace cannot be read."));
    }

    [Fact]
    public async Task ACancelledCall_EndsAsCancelled() => await Should.ThrowAsync<OperationCanceledException>(
        new SyscallRunner(new Workspaces(_root.FullName), TimeProvider.System)
            .RunAsync(new Syscall("CALC", "1"), new SyscallContext("a", 1), new CancellationToken(canceled: true)));

    public void Dispose() => _root.Delete(recursive: true);

    private Task<SyscallResult> Run(string name, string arguments) =>
        new SyscallRunner(new Workspaces(_root.FullName), TimeProvider.System)
            .RunAsync(new Syscall(name, arguments), new SyscallContext("a", 1), CancellationToken.None);
}
