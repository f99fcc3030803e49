using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Shapes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Inference.Tests;

/// <summary>A model of random weights that the tests write themselves, on the real library.</summary>
public sealed class TinyModel : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"agenticos-tiny-{Guid.NewGuid():n}.gguf");

    public TinyModel()
    {
        ShapeFile.Write(ModelShape.Named("tiny")!, WeightType.F32, _path);
        Backend = LlamaCppBackend.Open(NullLogger.Instance);
        Model = Backend.Load(new ModelLoad(_path));
    }

    public LlamaCppBackend Backend { get; }

    public IModel Model { get; }

    public string FilePath => _path;

    public void Dispose()
    {
        Model.Dispose();
        File.Delete(_path);
    }

    /// <summary>An engine of one compute thread, so that tests share the machine.</summary>
    public Engine Start(EngineOptions? options = null, IStepObserver? observer = null, IModel? model = null) =>
        Engine.Start(
            model ?? Model,
            (options ?? new EngineOptions()) with { Threads = 1, PinThreads = false },
            TimeProvider.System,
            NullLogger.Instance,
            observer);
}

[CollectionDefinition(nameof(TinyModel))]
public sealed class TinyModelTests : ICollectionFixture<TinyModel>;
