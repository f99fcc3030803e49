namespace AgenticOS.Inference.Steps;

/// <summary>One step of the engine. It reads as it runs.</summary>
internal sealed class Step
{
    private readonly EngineRoom _room;
    private readonly Admission _admission;
    private readonly Assembly _assembly;
    private readonly Decoding _decoding;
    private readonly TokenChoice _choice;
    private readonly Emission _emission;
    private readonly Commitment _commitment;

    internal Step(EngineRoom room)
    {
        _room = room;
        _admission = new Admission(room);
        _assembly = new Assembly(room);
        _decoding = new Decoding(room, _assembly);
        _choice = new TokenChoice(room);
        _emission = new Emission(room);
        _commitment = new Commitment(room);
    }

    /// <summary>Runs a step; false when there was nothing to do.</summary>
    internal bool Run()
    {
        _admission.Run();
        _assembly.Run();
        bool busy = _room.Batch.Tokens.Length > 0 || _room.Spoke;
        if (_decoding.Run())
        {
            _choice.Run();
            _emission.Run();
            _commitment.Run();
        }

        _commitment.Publish();
        return busy;
    }
}
