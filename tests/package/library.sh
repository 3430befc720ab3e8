# A library with the specs, and an application that knows the package through it alone.
project Both/Nets Library "$ours"
says "results: " dotnet build -t:Train "${fast[@]}"
project Both/App Exe '<ItemGroup><ProjectReference Include="../Nets/Nets.csproj" /></ItemGroup>'
rm -r specs && echo 'using var net = new Nets.Digits(); Console.WriteLine(net.call(TorchSharp.torch.zeros(1, 1, 28, 28)).shape[1]);' >Program.cs
says "10" dotnet run
says "the networks are those of $work/Both/Nets/" dotnet build -t:List
says "results: $work/Both/Nets/artifacts/Digits/two" dotnet build -t:Train -p:Run=two -p:Spec=Digits "${fast[@]}"
project Both/Others Library "$ours"
cd ../App && sed -i 's|<ProjectReference |<ProjectReference Include="../Others/Others.csproj" /><ProjectReference |' App.csproj
refuses "error ZF1702: this project has no specs, and refers to several that have; give the command in one of $work/Both/Others/, $work/Both/Nets/" dotnet build -t:List
step "a library with the specs, and an application"
