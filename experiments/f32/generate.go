package f32

//go:generate go run ./gen -out kernels_amd64.s -stubs kernels_amd64.go -pkg f32
