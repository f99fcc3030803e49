namespace Orleans.Runtime;

/// <summary>
/// The activations of one stateless worker grain on this silo: as many as there is work for, up to a limit.
/// </summary>
internal sealed class StatelessWorkers(SiloRuntime silo, GrainClass grainClass, GrainId grainId)
{
    private readonly List<Activation> activations = [];

    public int Count
    {
        get
        {
            lock (activations)
                return activations.Count;
        }
    }

    public Activation[] All
    {
        get
        {
            lock (activations)
                return [.. activations];
        }
    }

    /// <summary>To an idle activation, else to a new one, else to the least loaded.</summary>
    public void Receive(Message message)
    {
        Activation? fresh = null;
        lock (activations)
        {
            var chosen = activations.MinBy(a => a.Load);
            if ((chosen is null || chosen.Load > 0) && activations.Count < grainClass.MaxLocalWorkers)
            {
                chosen = fresh = new Activation(silo, grainClass, grainId);
                activations.Add(fresh);
            }

            chosen!.Receive(message);
        }

        fresh?.Start(message.RequestContext);
    }

    public void Remove(Activation activation)
    {
        lock (activations)
            activations.Remove(activation);
    }
}
