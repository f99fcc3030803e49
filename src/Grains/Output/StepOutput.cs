using AgenticOS.Inference;

namespace AgenticOS.Grains.Output;

/// <summary>Gathers what the processes of one engine put out in one step, so that each frontend gets it in one piece.
/// Lives on the engine's thread alone and never waits.</summary>
internal sealed class StepOutput(OutputPublisher publisher, TimeProvider time) : IStepObserver
{
    private readonly Dictionary<string, Gathered> _byFrontend = [];

    /// <summary>Adds an item to the step that is under way. An end leaves at once: it may come outside of a step, with
    /// no other after it.</summary>
    public void Append(string frontend, in OutputItem item)
    {
        if (!_byFrontend.TryGetValue(frontend, out var gathered))
            _byFrontend[frontend] = gathered = new Gathered();
        if (gathered.Items.Count == 0)
            gathered.Since = time.GetTimestamp();
        gathered.Items.Add(item);
        if (item.End is not null)
            Send(frontend, gathered);
    }

    /// <inheritdoc/>
    public void OnStepCompleted()
    {
        foreach (var (frontend, gathered) in _byFrontend)
        {
            if (gathered.Items.Count > 0)
                Send(frontend, gathered);
            else if (++gathered.StepsIdle > OutputLimits.IdleSteps)
                _byFrontend.Remove(frontend);
        }
    }

    private void Send(string frontend, Gathered gathered)
    {
        publisher.Publish(frontend, new StepItems(gathered.Items.ToArray(), gathered.Since));
        gathered.Items.Clear();
        gathered.StepsIdle = 0;
    }

    private sealed class Gathered
    {
        public List<OutputItem> Items { get; } = [];

        public long Since { get; set; }

        public int StepsIdle { get; set; }
    }
}

/// <summary>One step's output for one frontend.</summary>
/// <param name="Items">In order; never changed again.</param>
/// <param name="EmittedAt">Timestamp of the oldest.</param>
internal readonly record struct StepItems(OutputItem[] Items, long EmittedAt);
