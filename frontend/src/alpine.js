// Alpine without evaluation (CSP build); a page's own components are registered here.
import Alpine from "@alpinejs/csp";

Alpine.start();
