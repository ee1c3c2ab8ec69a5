using ArgoBootstrap.Pester.Tests;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args);
builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, services) => new PesterFramework());
using ITestApplication application = await builder.BuildAsync();
return await application.RunAsync();
