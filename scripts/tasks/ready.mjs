// Nothing more: the launcher has brought the tools and the packages by now. A container image keeps this as a layer.
process.stdout.write('ready\n');
