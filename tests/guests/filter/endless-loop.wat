(loop $again (br $again))
