namespace AgenticOS.Conformance.Support;

/// <summary>How long a test waits for what must happen; never how long it waits for nothing to happen.</summary>
public static class Patience
{
    /// <summary>Far above anything a healthy but loaded machine needs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    /// <summary>The task, or a failure that names the phase.</summary>
    public static async Task Within(this Task task, string phase)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException("never happened: " + phase);
        }
    }

    /// <summary>The task's result, or a failure that names the phase.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string phase)
    {
        await ((Task)task).Within(phase);
        return await task;
    }

    /// <summary>Looks again and again, for what Orleans offers no event for.</summary>
    public static async Task Until(Func<bool> condition, string phase)
    {
        async Task Poll()
        {
            while (!condition())
                await Task.Delay(10);
        }

        await Poll().Within(phase);
    }
}
