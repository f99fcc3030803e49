namespace AgenticOS.Inference.Model;

/// <summary>One native inference library, loaded once per process: it lists devices and loads models.</summary>
public interface IModelBackend
{
    /// <summary>Which library this is and in which version, as one line for logs and reports.</summary>
    string Version { get; }

    /// <summary>The devices models can be put on, and the memory free there at this moment.</summary>
    IReadOnlyList<ModelDevice> ListDevices();

    /// <summary>Loads a GGUF file; throws <see cref="ModelUnusableException"/> when it cannot be used.</summary>
    IModel Load(ModelLoad load);

    /// <summary>
    /// What loading a file and opening a context on it would need, found without allocating it; throws
    /// <see cref="ModelUnusableException"/> when the file cannot be read.
    /// </summary>
    MemoryEstimate Estimate(ModelLoad load, ContextShape shape);
}
