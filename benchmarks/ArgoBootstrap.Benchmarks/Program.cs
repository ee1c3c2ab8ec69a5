using ArgoBootstrap.Benchmarks;
using BenchmarkDotNet.Running;

// "compare" holds the engine against the kustomize binary; anything else goes to BenchmarkDotNet.
if (args is ["compare", ..])
{
    return Comparison.Run(ComparisonOptions.Parse(args[1..]), Console.Out);
}
if (args is ["first", string folder])
{
    return FirstRender.Run(folder, Console.Out);
}
BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(args);
return 0;
