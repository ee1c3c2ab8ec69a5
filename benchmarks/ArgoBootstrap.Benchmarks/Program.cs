using ArgoBootstrap.Benchmarks;
using ArgoBootstrap.Benchmarks.Clusters;
using BenchmarkDotNet.Running;

// "compare" holds the engine against the kustomize binary, "apply" the installation against kubectl; anything else goes to BenchmarkDotNet.
if (args is ["compare", ..])
{
    return Comparison.Run(ComparisonOptions.Parse(args[1..]), Console.Out);
}
if (args is ["apply", ..])
{
    return await ApplyComparison.RunAsync(ApplyOptions.Parse(args[1..]), Console.Out);
}
if (args is ["first", string folder])
{
    return FirstRender.Run(folder, Console.Out);
}
BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(args);
return 0;
