using ArgoBootstrap.Kustomize.Fuzz;
using ArgoBootstrap.Kustomize.Fuzz.Crashes;
using ArgoBootstrap.Kustomize.Fuzz.Differential;

if (FuzzOptions.Parse(args) is not FuzzOptions options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}
int found = options.Mode == "crash" ? new CrashRun(options).Run() : new DifferentialRun(options).Run();
return found == 0 ? 0 : 1;
