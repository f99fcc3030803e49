using AgenticOS.Grains.Placement;

namespace AgenticOS.Grains.Tests;

public sealed class PlacementLedgerTests
{
    [Fact]
    public void Placements_CountUntilTheNextReportKnowsOfThem()
    {
        var ledger = new PlacementLedger();
        ledger.Note("a", "m", sequence: 5);
        ledger.Note("a", "m", sequence: 5);
        ledger.Note("a", "other", sequence: 5);
        ledger.Recent("a", "m", 5).ShouldBe(2);
        ledger.Recent("b", "m", 5).ShouldBe(0);
        ledger.Recent("a", "m", 6).ShouldBe(0);
        ledger.Note("a", "m", sequence: 6);
        ledger.Recent("a", "m", 6).ShouldBe(1);
    }
}
