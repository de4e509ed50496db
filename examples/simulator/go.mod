module example.com/chip

go 1.26.0

require github.com/codesign-gym/codesign v0.0.0

replace github.com/codesign-gym/codesign => ../..
