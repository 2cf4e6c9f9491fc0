# make deck    regenerate every deck from nothing: run, draw, fill, check, render
# make test    pass every test, and check the decks
# make build   build bin/deckgen
# make check   say what is stale, false, missing or left over; runs and changes nothing
# make bench   measure the kernels and the experiments, beside NumPy and PyTorch (BENCH=--help for more)
# make clean   take away what can be made again (records and figures stay)

marp = node_modules/.package-lock.json

.PHONY: deck test build check bench clean

deck: build $(marp)
	bin/deckgen build --force

test: $(marp)
	go vet ./...
	go test ./...
	go run ./cmd/deckgen check

build:
	go build -o bin/deckgen ./cmd/deckgen

check: build
	bin/deckgen check

bench:
	go run ./cmd/bench $(BENCH)

clean:
	rm -rf bin build

# npm writes this file when it is done.
$(marp): package.json package-lock.json
	npm ci --no-fund --no-audit
	@touch $@
