using AgenticOS.Kernel.Processes;

namespace AgenticOS.Kernel.Tests.Processes;

public sealed class ProcessLifeTests
{
    private static readonly HashSet<(ProcessState, ProcessState)> Allowed =
    [
        (ProcessState.Created, ProcessState.Ready),
        (ProcessState.Ready, ProcessState.Running),
        (ProcessState.Ready, ProcessState.Stopped),
        (ProcessState.Running, ProcessState.Waiting),
        (ProcessState.Running, ProcessState.Stopped),
        (ProcessState.Running, ProcessState.Ready),
        (ProcessState.Waiting, ProcessState.Running),
        (ProcessState.Waiting, ProcessState.Stopped),
        (ProcessState.Waiting, ProcessState.Ready),
        (ProcessState.Stopped, ProcessState.Ready),
    ];

    private static readonly Dictionary<ProcessState, ProcessState[]> WaysTo = new()
    {
        [ProcessState.Created] = [],
        [ProcessState.Ready] = [ProcessState.Ready],
        [ProcessState.Running] = [ProcessState.Ready, ProcessState.Running],
        [ProcessState.Waiting] = [ProcessState.Ready, ProcessState.Running, ProcessState.Waiting],
        [ProcessState.Stopped] = [ProcessState.Ready, ProcessState.Stopped],
    };

    [Fact]
    public void EveryPairOfStates_IsTakenOrRefusedAsTheTableSays()
    {
        foreach (var from in WaysTo.Keys)
        {
            foreach (var to in Enum.GetValues<ProcessState>())
            {
                var step = LifeIn(from).MoveTo(to);
                if (Allowed.Contains((from, to)))
                    step.ShouldBeOfType<LifeStep.Taken>().Life.State.ShouldBe(to);
                else
                    step.ShouldBe(new LifeStep.Refused(from, to));
            }
        }
    }

    [Fact]
    public void AnyLivingState_CanEnd_AndTheFirstReasonStands()
    {
        foreach (var from in WaysTo.Keys)
        {
            var ended = LifeIn(from).End(ProcessEndReason.Killed).ShouldBeOfType<LifeStep.Taken>().Life;
            ended.IsEnded.ShouldBeTrue();
            ended.EndReason.ShouldBe(ProcessEndReason.Killed);
            ended.End(ProcessEndReason.Finished).ShouldBe(new LifeStep.AlreadyEnded(ProcessEndReason.Killed));
            foreach (var to in Enum.GetValues<ProcessState>())
                ended.MoveTo(to).ShouldBe(new LifeStep.AlreadyEnded(ProcessEndReason.Killed));
        }
    }

    [Fact]
    public void ALivingProcess_HasNoEndReason() => ProcessLife.Created.EndReason.ShouldBeNull();

    [Fact]
    public void WireNames_AreUnique_AndReadBack()
    {
        var names = Enum.GetValues<ProcessEndReason>().Select(ProcessEndReasons.ToWire).ToArray();
        names.ShouldBe(
        [
            "finished", "max_tokens", "context_full", "terminated", "killed", "disconnected", "syscall_abuse",
            "shutdown", "node_lost", "failed",
        ]);
        foreach (var name in names)
        {
            ProcessEndReasons.TryParse(name, out var reason).ShouldBeTrue();
            ProcessEndReasons.ToWire(reason).ShouldBe(name);
        }

        ProcessEndReasons.TryParse("Finished", out _).ShouldBeFalse();
        ProcessEndReasons.TryParse("", out _).ShouldBeFalse();
    }

    private static ProcessLife LifeIn(ProcessState state) => WaysTo[state].Aggregate(
        ProcessLife.Created,
        (life, next) => life.MoveTo(next).ShouldBeOfType<LifeStep.Taken>().Life);
}
