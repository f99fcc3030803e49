using AgenticOS.Kernel.Placement;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Kernel.Tests.Placement;

public sealed class NodeRankingTests
{
    private const long Gibi = 1L << 30;

    [Fact]
    public void AFreeSlot_ComesBeforeABetterDevice() => Order(
        Node("gpu-full", DeviceKind.Gpu, slots: 4, running: 4),
        Node("cpu-free", DeviceKind.Cpu, slots: 4, running: 3)).ShouldBe("cpu-free,gpu-full");

    [Fact]
    public void AmongFreeOnes_TheBetterDeviceThenTheSmallerShare_Counts() => Order(
        Node("cpu", DeviceKind.Cpu, slots: 8),
        Node("gpu-half", DeviceKind.Gpu, slots: 4, running: 2),
        Node("gpu-quarter", DeviceKind.Gpu, slots: 8, running: 2)).ShouldBe("gpu-quarter,gpu-half,cpu");

    [Fact]
    public void AmongFullOnes_TheShorterQueue_ComesBeforeTheBetterDevice() => Order(
        Node("gpu", DeviceKind.Gpu, slots: 4, running: 4, queued: 8),
        Node("cpu", DeviceKind.Cpu, slots: 4, running: 4, queued: 1)).ShouldBe("cpu,gpu");

    [Fact]
    public void PlacementsNotYetReported_Count()
    {
        NodeCandidate[] nodes = [Node("a", DeviceKind.Cpu, slots: 2), Node("b", DeviceKind.Cpu, slots: 2)];
        var placed = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var best = NodeRanking.ForProcess(nodes)[0];
            placed.Add(best.Node);
            nodes = [.. nodes.Select(node =>
                node.Node == best.Node ? node with { RecentPlacements = node.RecentPlacements + 1 } : node)];
        }

        string.Concat(placed).ShouldBe("ababab");
    }

    [Fact]
    public void EqualLoad_GoesToMoreFreeContext_ThenByName() => Order(
        Node("c", DeviceKind.Cpu, slots: 2, freeKv: 10),
        Node("b", DeviceKind.Cpu, slots: 2, freeKv: 10),
        Node("a", DeviceKind.Cpu, slots: 2, freeKv: 5)).ShouldBe("b,c,a");

    [Fact]
    public void ANodeWithoutSlots_IsNoChoice() => Order(Node("a", DeviceKind.Gpu, slots: 0)).ShouldBe("");

    [Fact]
    public void TheOrder_DoesNotDependOnTheOrderOfTheFigures() => Prop.ForAll(
        Gen.Choose(0, 5).Four().ListOf().ToArbitrary(),
        rows =>
        {
            var nodes = rows.Select((row, i) =>
                Node($"n{i}", (DeviceKind)(row.Item1 % 3), row.Item2, row.Item3, row.Item4)).ToArray();
            return NodeRanking.ForProcess(nodes).SequenceEqual(NodeRanking.ForProcess(nodes.Reverse()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AModel_GoesWhereItFits_BestDeviceFirst()
    {
        var plan = NodeRanking.ForLoad(5 * Gibi,
        [
            Device("a", "CPU", DeviceKind.Cpu, 64 * Gibi),
            Device("b", "CUDA0", DeviceKind.Gpu, 4 * Gibi),
            Device("c", "CUDA0", DeviceKind.Gpu, (5 * Gibi) - 1),
            Device("d", "CUDA0", DeviceKind.Gpu, 5 * Gibi),
            Device("e", "CUDA0", DeviceKind.Gpu, 80 * Gibi) with { LoadedModels = 2 },
            Device("f", "CUDA0", DeviceKind.Gpu, 8 * Gibi),
        ]);
        Nodes(plan).ShouldBe("f,d,e,a");
    }

    [Fact]
    public void WhereItIsLoaded_ItNeedsNothing() => Nodes(NodeRanking.ForLoad(5 * Gibi,
    [
        Device("a", "CUDA0", DeviceKind.Gpu, 8 * Gibi),
        Device("b", "CPU", DeviceKind.Cpu, 0) with { IsLoaded = true },
    ])).ShouldBe("b,a");

    [Fact]
    public void WhatFitsNowhere_IsRefusedWithFigures()
    {
        NodeRanking.ForLoad((long)(4.9 * Gibi),
        [
            Device("alpha", "CUDA0", DeviceKind.Gpu, 3 * Gibi),
            Device("alpha", "CPU", DeviceKind.Cpu, 200L << 20),
        ]).ShouldBeOfType<LoadPlan.FitsNowhere>().Message
            .ShouldBe("It needs 4.9 GiB; free are 3.0 GiB on alpha CUDA0, 200 MiB on alpha CPU.");
        NodeRanking.ForLoad(Gibi, []).ShouldBeOfType<LoadPlan.FitsNowhere>().Message
            .ShouldBe("It needs 1.0 GiB and no silo with the file has a device for it.");
    }

    private static string Order(params NodeCandidate[] nodes) =>
        string.Join(',', NodeRanking.ForProcess(nodes).Select(node => node.Node));

    private static string Nodes(LoadPlan plan) =>
        string.Join(',', plan.ShouldBeOfType<LoadPlan.Fits>().Devices.Select(device => device.Node));

    private static NodeCandidate Node(
        string name, DeviceKind kind, int slots, int running = 0, int queued = 0, long freeKv = 0) =>
        new(name, kind, slots, running, queued, freeKv, 0);

    private static DeviceCandidate Device(string node, string device, DeviceKind kind, long free) =>
        new(node, node, device, kind, free, IsLoaded: false, LoadedModels: 0);
}
