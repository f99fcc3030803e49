namespace AgenticOS.Cli.Doctor;
internal static class Models { public static IEnumerable<Finding> Look(Service.Layout layout) { yield break; } }
