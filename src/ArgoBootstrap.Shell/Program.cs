using ArgoBootstrap.Shell;

return Options.Parse(args) switch
{
    { Help: true } => Options.PrintUsage(Console.Out, exitCode: 0),
    { Error: { } error } => Options.PrintUsage(Console.Error, exitCode: ExitCodes.Usage, error),
    { } options => new Runner(options).Run(),
};
