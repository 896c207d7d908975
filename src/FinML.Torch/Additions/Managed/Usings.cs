// The additions name modules as code outside the library does, whichever engine it is built against.
global using FinML.Torch.Modules;
