# Specs that are not found by themselves.
project Switched Exe "$ours<PropertyGroup><EnableDefaultZfDeclSpecs>false</EnableDefaultZfDeclSpecs></PropertyGroup>"
echo 'Console.WriteLine(Switched.DeclaredNetworks.All.Count);' >Program.cs
says "0" dotnet run
step "specs switched off"
