using AgenticOS.Shapes;

namespace AgenticOS.Bench;

/// <summary>Writes a model of random weights.</summary>
internal static class ShapesVerb
{
    internal const string Usage = "shapes SHAPE TYPE OUT        SHAPE: tiny 100m 1b 8b; TYPE: f32 f16 q8_0 q4_0";

    internal static void Run(Arguments arguments)
    {
        string name = arguments.Word(0, Usage);
        ModelShape shape = ModelShape.Named(name) ?? throw new ArgumentException($"No shape '{name}'. bench {Usage}");
        if (!Enum.TryParse(arguments.Word(1, Usage), ignoreCase: true, out WeightType type))
            throw new ArgumentException($"No type '{arguments.Word(1, Usage)}'. bench {Usage}");
        string path = arguments.Word(2, Usage);
        ShapeFile.Write(shape, type, path);
        Console.WriteLine($"{path}: {shape.Name} {type}, {new FileInfo(path).Length / 1e6:f1} MB");
    }
}
